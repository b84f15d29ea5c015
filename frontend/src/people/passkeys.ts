/**
 * Passkeys: the browser asks the device, the answer goes back in an ordinary form. Without this
 * script, or in a browser without passkeys, the forms stay hidden and the other ways remain.
 */
type Kind = "login" | "get" | "create";

export function startPasskeys(): void {
  if (!("PublicKeyCredential" in window) || !PublicKeyCredential.parseRequestOptionsFromJSON) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void send(form);
    });
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  if (failed) failed.hidden = true;
  try {
    const credential = await ask(form.dataset.passkey as Kind, form);
    form.querySelector<HTMLInputElement>("[name=credential]")!.value = JSON.stringify(credential);
    form.submit();
  } catch {
    if (failed) failed.hidden = false;
  }
}

async function ask(kind: Kind, form: HTMLFormElement): Promise<unknown> {
  const given = await options(kind, form);
  const credential = await (kind === "create"
    ? navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(withResidentKey(given)),
      })
    : navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(given),
      }));
  return (credential as PublicKeyCredential).toJSON();
}

async function options(kind: Kind, form: HTMLFormElement): Promise<any> {
  if (kind !== "login") return JSON.parse(form.dataset.options!).publicKey;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options.publicKey;
}

/** Kept on the device under the person's name, opened by finger, face or PIN: it signs in alone. */
function withResidentKey(given: any): any {
  const selection = {
    ...given.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return { ...given, authenticatorSelection: selection };
}
