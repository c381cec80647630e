//! What a file claims to be, as its metadata say it (ISO 19005-2 6.6.4, ISO 14289-1 5).
//!
//! PDF/A knows the schemas of XMP and its own; of any other that is used the packet holds a description (ISO 19005-2 6.6.2.3).

/// A schema that a packet describes.
struct Schema {
    name: &'static str,
    uri: &'static str,
    prefix: &'static str,
    /// Name, type and use of its properties.
    properties: &'static [(&'static str, &'static str, &'static str)],
}

const UA: Schema = Schema {
    name: "PDF/UA Universal Accessibility Schema",
    uri: "http://www.aiim.org/pdfua/ns/id/",
    prefix: "pdfuaid",
    properties: &[("part", "Integer", "Part of ISO 14289 that the file conforms to")],
};

const X: Schema = Schema {
    name: "PDF/X identification schema",
    uri: "http://www.npes.org/pdfx/ns/id/",
    prefix: "pdfxid",
    properties: &[("GTS_PDFXVersion", "Text", "Version of PDF/X that the file conforms to")],
};

/// Of the schema of PDF, PDF/A knows other properties only.
const TRAPPED: Schema = Schema {
    name: "Adobe PDF schema",
    uri: "http://ns.adobe.com/pdf/1.3/",
    prefix: "pdf",
    properties: &[("Trapped", "Text", "Whether colours that meet were spread into one another")],
};

/// The elements of a packet that claim PDF/X-4 and PDF/A-2b, and what describes them.
pub(super) fn print() -> String {
    let claims = r#"  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
   <pdf:Trapped>False</pdf:Trapped>
  </rdf:Description>
"#;
    format!("{claims}{}", described(&[X, TRAPPED]))
}

/// The elements of a packet that claim PDF/A-2a and PDF/UA-1, and what describes them.
pub(super) fn archive() -> String {
    let claims = r#"  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
"#;
    format!("{claims}{}", described(&[UA]))
}

fn described(schemas: &[Schema]) -> String {
    let schemas: String = schemas.iter().map(schema).collect();
    format!(
        r#"  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag>
{schemas}   </rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
"#
    )
}

fn schema(schema: &Schema) -> String {
    let Schema { name, uri, prefix, properties } = schema;
    let property = |(name, kind, meaning): &(&str, &str, &str)| {
        format!(
            "     <rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
             <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>\
             <pdfaProperty:category>internal</pdfaProperty:category>\
             <pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>\n"
        )
    };
    let properties: String = properties.iter().map(property).collect();
    format!(
        "    <rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>{name}</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq>\n{properties}    </rdf:Seq></pdfaSchema:property></rdf:li>\n"
    )
}
