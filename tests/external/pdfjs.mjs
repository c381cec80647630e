// The text of a PDF as pdf.js gives it. Usage: node pdfjs.mjs FOLDER FILE.pdf   (FOLDER: where npm put pdfjs-dist)
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file] = process.argv.slice(2);
const library = path.resolve(folder, "node_modules/pdfjs-dist/legacy/build/pdf.mjs");
const { getDocument } = await import(pathToFileURL(library).href);
const document = await getDocument({ data: new Uint8Array(fs.readFileSync(file)), verbosity: 0 }).promise;
let text = "";
for (let number = 1; number <= document.numPages; number++) {
  const content = await (await document.getPage(number)).getTextContent();
  for (const item of content.items) {
    text += item.str + (item.hasEOL ? "\n" : "");
  }
  text += "\n";
}
process.stdout.write(text);
