using System.Xml;
using System.Xml.Linq;

namespace Tarn.Aws.Protocol.Xml;

/// <summary>Reads XML of requests: no document types, no entities beyond XML's own five, bounded depth.</summary>
internal static class XmlInput
{
    private const int DepthMax = 16;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        MaxCharactersInDocument = 4 << 20,
    };

    /// <summary>The root element, which must have this name; MalformedXML otherwise. Namespaces are stripped.</summary>
    public static XElement Parse(ReadOnlyMemory<byte> body, string root)
    {
        try
        {
            using var depth = XmlReader.Create(new MemoryStream(body.ToArray()), Settings);
            while (depth.Read())
            {
                if (depth.Depth > DepthMax)
                {
                    throw new XmlException("too deep");
                }
            }

            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Settings);
            var element = XElement.Load(reader);
            foreach (var part in element.DescendantsAndSelf())
            {
                part.Name = part.Name.LocalName;
            }

            if (element.Name == root)
            {
                return element;
            }
        }
        catch (XmlException)
        {
            throw Malformed();
        }

        throw Malformed();
    }

    private static AwsException Malformed() => new(
        "MalformedXML",
        400,
        "The XML you provided was not well-formed or did not validate against our published schema");
}
