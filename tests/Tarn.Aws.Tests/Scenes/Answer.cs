using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>An answer read whole.</summary>
internal sealed record Answer(HttpResponseMessage Message, byte[] Body)
{
    public HttpStatusCode Status => Message.StatusCode;

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The XML without its namespaces.</summary>
    public XElement Xml
    {
        get
        {
            var root = XElement.Parse(Text);
            foreach (var element in root.DescendantsAndSelf())
            {
                element.Name = element.Name.LocalName;
            }

            return root;
        }
    }

    /// <summary>The error's code in whichever envelope.</summary>
    public string Code => Text.StartsWith('{')
        ? (string)Json["__type"]!
        : (Xml.Name == "ErrorResponse" ? Xml.Element("Error")! : Xml).Element("Code")!.Value;

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;

    /// <summary>Asserts success and returns itself.</summary>
    public Answer Ok()
    {
        Assert.True(Message.IsSuccessStatusCode, $"{(int)Status}: {Text}");
        return this;
    }

    /// <summary>Asserts this error.</summary>
    public void MustFail(HttpStatusCode status, string code, string message = "")
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Contains(message, Text);
    }

    /// <summary>Asserts this error in S3's document, which names the resource and the request.</summary>
    public void MustBeS3Error(HttpStatusCode status, string code, string resource)
    {
        MustFail(status, code);
        Assert.Equal("application/xml", Header("Content-Type"));
        Assert.Equal(resource, Xml.Element("Resource")!.Value);
        Assert.Equal(Header("x-amz-request-id"), Xml.Element("RequestId")!.Value);
        Assert.NotEmpty(Xml.Element("Message")!.Value);
    }
}
