using System.Globalization;
using System.Text;
using System.Xml;

namespace Tarn.Aws.Protocol.Xml;

/// <summary>
/// Writes XML answers: a root element with AWS's namespace, elements in the order in which they are called.
/// </summary>
internal sealed class XmlAnswer : IDisposable
{
    private static readonly XmlWriterSettings Settings =
        new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    private readonly MemoryStream _bytes = new();
    private readonly XmlWriter _writer;

    public XmlAnswer(string root, string? ns)
    {
        _writer = XmlWriter.Create(_bytes, Settings);
        _writer.WriteStartDocument();
        _writer.WriteStartElement(root, ns);
    }

    public XmlAnswer Open(string name)
    {
        _writer.WriteStartElement(name);
        return this;
    }

    /// <summary>An element whose kind is told in <c>xsi:type</c>.</summary>
    public XmlAnswer OpenTyped(string name, string type)
    {
        const string Schema = "http://www.w3.org/2001/XMLSchema-instance";
        _writer.WriteStartElement(name);
        _writer.WriteAttributeString("xsi", "type", Schema, type);
        return this;
    }

    public XmlAnswer Close()
    {
        _writer.WriteEndElement();
        return this;
    }

    /// <summary>An element with text; none when the text is null.</summary>
    public XmlAnswer Text(string name, string? text)
    {
        if (text is not null)
        {
            _writer.WriteStartElement(name);
            _writer.WriteString(text);
            _writer.WriteEndElement();
        }

        return this;
    }

    /// <summary>Text of the open element itself.</summary>
    public XmlAnswer Content(string text)
    {
        _writer.WriteString(text);
        return this;
    }

    public XmlAnswer Number(string name, long value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    public XmlAnswer Flag(string name, bool value) => Text(name, value ? "true" : "false");

    public XmlAnswer Time(string name, DateTimeOffset time) =>
        Text(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Ends the document; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        _writer.WriteEndDocument();
        _writer.Flush();
        return _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _bytes.Dispose();
    }
}
