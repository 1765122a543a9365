/** pdf.js says nothing about the types of its second half: importing it is all that is done with it. */
declare module "pdfjs-dist/legacy/build/pdf.worker.mjs";
