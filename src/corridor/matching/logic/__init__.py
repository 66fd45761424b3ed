"""Plain Python of matching: pictures without their metadata, contacts in a text, invitations for calendars."""
