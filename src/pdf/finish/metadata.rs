//! Title, author, dates: in the information dictionary (14.3.3) and, the same, in XMP (14.3.2; ISO 16684-1).

use super::object::{name, text};
use crate::model::Meta;
use crate::pdf::{PdfError, PdfProfile};
use lopdf::{Dictionary, Object, Stream, dictionary};
use time::{OffsetDateTime, UtcOffset, macros::offset};

/// The program, as files name it.
const PROGRAM: &str = concat!("dinggao ", env!("CARGO_PKG_VERSION"));

/// Beijing's, in which a report's date is meant.
const OFFSET: UtcOffset = offset!(+8);

/// The one time of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time(OffsetDateTime);

impl Time {
    /// # Errors
    /// A year that is not written with four digits.
    pub(super) fn new(timestamp: i64) -> Result<Self, PdfError> {
        let fault = || PdfError::Time { timestamp };
        let time = OffsetDateTime::from_unix_timestamp(timestamp).map_err(|_| fault())?;
        let time = time.checked_to_offset(OFFSET).ok_or_else(fault)?;
        if (0..=9999).contains(&time.year()) { Ok(Self(time)) } else { Err(fault()) }
    }

    /// As a date string (7.9.4).
    pub(super) fn pdf(self) -> Object {
        let (y, mo, d, h, mi, s) = self.parts();
        Object::string_literal(format!("D:{y:04}{mo:02}{d:02}{h:02}{mi:02}{s:02}+08'00'"))
    }

    /// As XMP has it (ISO 8601).
    fn xmp(self) -> String {
        let (y, mo, d, h, mi, s) = self.parts();
        format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}+08:00")
    }

    fn parts(self) -> (i32, u8, u8, u8, u8, u8) {
        let t = self.0;
        (t.year(), u8::from(t.month()), t.day(), t.hour(), t.minute(), t.second())
    }
}

/// The information dictionary.
pub(super) fn info(meta: &Meta, time: Time, profile: PdfProfile) -> Dictionary {
    let mut info = dictionary! { "Title" => text(&meta.title) };
    if let Some(author) = &meta.author {
        info.set("Author", text(author));
    }
    info.set("Creator", text(PROGRAM));
    info.set("Producer", text(PROGRAM));
    info.set("CreationDate", time.pdf());
    info.set("ModDate", time.pdf());
    if profile == PdfProfile::Print {
        // 14.11.6: colours that meet are not spread into one another; a press does that.
        info.set("Trapped", "False");
    }
    info
}

/// The metadata stream. It is not deflated, so that programs that know no PDF find it.
/// `claims`: the elements that say what the file is.
pub(super) fn xmp(meta: &Meta, time: Time, id: [u8; 16], claims: &str) -> Stream {
    let stream = dictionary! { "Type" => name("Metadata"), "Subtype" => name("XML") };
    Stream::new(stream, packet(meta, time, id, claims).into_bytes()).with_compression(false)
}

fn packet(meta: &Meta, time: Time, id: [u8; 16], claims: &str) -> String {
    let title = escaped(&meta.title);
    let language = escaped(&meta.language);
    let author = meta.author.as_deref().map_or_else(String::new, |author| {
        format!("   <dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", escaped(author))
    });
    let time = time.xmp();
    let uuid = uuid(id);
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Producer>{PROGRAM}</pdf:Producer>
   <xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>
   <xmp:CreateDate>{time}</xmp:CreateDate>
   <xmp:ModifyDate>{time}</xmp:ModifyDate>
   <xmp:MetadataDate>{time}</xmp:MetadataDate>
   <xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID>
   <xmpMM:InstanceID>uuid:{uuid}</xmpMM:InstanceID>
   <xmpMM:VersionID>1</xmpMM:VersionID>
   <xmpMM:RenditionClass>default</xmpMM:RenditionClass>
  </rdf:Description>
{claims} </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{FEFF}',
    )
}

/// Sixteen bytes as a UUID of version 8 (RFC 9562: made in a way of one's own).
fn uuid(mut id: [u8; 16]) -> String {
    id[6] = (id[6] & 0x0F) | 0x80;
    id[8] = (id[8] & 0x3F) | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(id));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// Text as XML holds it. Characters that XML 1.0 has no way to write become U+FFFD.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..=' ' | '\u{FFFE}' | '\u{FFFF}' if c != ' ' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(title: &str) -> Meta {
        Meta { title: title.to_owned(), author: Some("A & <B>".to_owned()), language: "zh-CN".to_owned(), timestamp: 0 }
    }

    #[test]
    fn times_are_beijing_time() {
        let time = Time::new(1_704_643_200).unwrap();
        assert_eq!(time.pdf().as_str().unwrap(), b"D:20240108000000+08'00'");
        assert_eq!(time.xmp(), "2024-01-08T00:00:00+08:00");
        assert!(matches!(Time::new(i64::MAX), Err(PdfError::Time { timestamp: i64::MAX })));
        // The last second of year 9999 in UTC is in year 10000 in Beijing.
        assert!(Time::new(253_402_300_799).is_err());
    }

    #[test]
    fn packet_is_escaped_xml() {
        let packet = packet(&meta("工作<报告>&\"说明\"\u{1}"), Time::new(0).unwrap(), [0xAB; 16], "");
        assert!(packet.contains("工作&lt;报告&gt;&amp;&quot;说明&quot;\u{FFFD}</rdf:li>"), "{packet}");
        assert!(packet.contains("<rdf:li>A &amp; &lt;B&gt;</rdf:li>"), "{packet}");
        assert!(packet.contains("uuid:abababab-abab-8bab-abab-abababababab"), "{packet}");
    }
}
