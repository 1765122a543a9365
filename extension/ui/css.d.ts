/** Style sheets are bundled as text and adopted by a document or a shadow root: no address, no inline style. */
declare module "*.css" {
  const text: string;
  export default text;
}
