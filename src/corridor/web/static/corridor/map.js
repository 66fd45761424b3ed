/* The map to zoom and move in, loaded when somebody asks for it. The drawn map and the table stay the plain way. */
(() => {
  "use strict";

  const button = document.querySelector("[data-map]");
  if (!button) return;
  const CELLS = [[24, 0.02], [8, 0.1], [2.5, 0.5]]; // from this zoom on, circles gather what lies nearer than so many degrees
  const said = JSON.parse(document.getElementById("map-said").textContent);
  const paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const script = (url) => new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement("script"), { src: url, onload: resolve, onerror: reject });
    document.head.append(element);
  });
  const json = async (url) => {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const cellAt = (zoom) => CELLS.find(([from]) => zoom >= from)?.[1] ?? "";
  const circlesAt = (zoom) => json(`${button.dataset.places}${button.dataset.places.includes("?") ? "&" : "?"}cell=${cellAt(zoom)}`);

  const series = (circles) => {
    const largest = Math.max(1, ...circles.map((circle) => circle.count));
    return {
      id: "circles", type: "scatter", coordinateSystem: "geo", cursor: "pointer",
      symbolSize: (value) => Math.max(12, 44 * Math.sqrt(value[2] / largest)),
      itemStyle: { color: paint("--river"), opacity: 0.8, borderColor: paint("--paper"), borderWidth: 1.5 },
      emphasis: { itemStyle: { color: paint("--laterite"), opacity: 1 } },
      label: { show: true, color: "#fff", fontWeight: 600, formatter: ({ value }) => (value[2] > 1 ? String(value[2]) : "") },
      data: circles.map((circle) => ({ value: [circle.x, circle.y, circle.count], name: circle.says, url: circle.url })),
    };
  };

  const option = (circles) => ({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: { renderMode: "richText", formatter: ({ name }) => name, confine: true },
    geo: {
      map: "land", roam: true, silent: true, aspectScale: 1, boundingCoords: said.bounds, scaleLimit: { min: 0.8, max: 120 },
      itemStyle: { areaColor: paint("--sand"), borderColor: paint("--rule") },
      emphasis: { disabled: true },
    },
    series: [
      { id: "river", type: "lines", coordinateSystem: "geo", polyline: true, silent: true,
        lineStyle: { color: paint("--river"), width: 2, opacity: 0.6 }, data: [{ coords: said.river }] },
      { id: "names", type: "scatter", coordinateSystem: "geo", silent: true, symbolSize: 1, z: 3, itemStyle: { color: "transparent" },
        label: { show: true, color: paint("--ink-soft"), fontSize: 14, formatter: ({ name }) => name },
        data: said.labels.map(([name, x, y]) => ({ name, value: [x, y] })) },
      series(circles),
    ],
  });

  const follow = (chart) => {
    let cell = "", waiting;
    chart.on("georoam", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const zoom = chart.getOption().geo[0].zoom ?? 1;
        if (cellAt(zoom) === cell) return;
        cell = cellAt(zoom);
        chart.setOption({ series: [series(await circlesAt(zoom))] });
      }, 200);
    });
    chart.on("click", ({ data }) => { if (data?.url) location.assign(data.url); });
    new ResizeObserver(() => chart.resize()).observe(chart.getDom());
  };

  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const [, land, circles] = await Promise.all([script(button.dataset.script), json(button.dataset.land), circlesAt(1)]);
      echarts.registerMap("land", land);
      const stage = document.getElementById("map-stage");
      stage.hidden = false;
      document.querySelector(".atlas svg").remove();
      const chart = echarts.init(stage);
      chart.setOption(option(circles));
      follow(chart);
      button.closest("p").remove();
    } catch {
      button.disabled = false;
      button.textContent = button.dataset.failed;
    }
  });
})();
