/* Passkeys: <form data-passkey="create|get|login" data-failed="what to say"> with <input name="credential"> and an element
   .passkey-answer. What the browser is asked stands in #passkey-options; "login" fetches it from the form's own address. */
(() => {
  "use strict";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const described = (one) => ({ ...one, id: bytes(one.id) });

  const asked = ({ publicKey }) => ({
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: publicKey.excludeCredentials.map(described) }),
    ...(publicKey.allowCredentials && { allowCredentials: publicKey.allowCredentials.map(described) }),
  });

  const answered = (credential) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  };

  const optionsOf = async (form) => {
    if (form.dataset.passkey !== "login") return JSON.parse(document.getElementById("passkey-options").textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const make = async (form) => {
    const options = await optionsOf(form);
    if (form.dataset.passkey !== "create") return navigator.credentials.get({ publicKey: asked(options.request_options) });
    const publicKey = asked(options.creation_options);
    if (form.elements.passwordless?.checked) {
      publicKey.authenticatorSelection = {
        ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
      };
    }
    return navigator.credentials.create({ publicKey });
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-passkey]");
    if (!form || form.elements.credential.value) return;
    event.preventDefault();
    const answer = form.querySelector(".passkey-answer");
    answer.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(answered(await make(form)));
      form.submit();
    } catch (error) {
      answer.textContent = form.dataset.failed;
    }
  });
})();
