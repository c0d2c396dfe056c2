using System.Security.Cryptography;
using System.Xml.Linq;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;

namespace Tarn.Aws.S3;

/// <summary>The XML document that a request carries: verified, parsed, and nothing unknown in it.</summary>
internal static class S3Document
{
    private const string Md5 = "content-md5";

    public static readonly IReadOnlyList<string> Headers =
        ["x-amz-checksum-", "x-amz-trailer", "x-amz-decoded-content-length"];

    /// <summary>The root, whose name must be this.</summary>
    public static async Task<XElement> ReadAsync(S3Call call, string root, CancellationToken cancellation) =>
        XmlInput.Parse(await ReadBytesAsync(call, cancellation), root);

    /// <summary>A document that may be left out, or is not XML: its bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(S3Call call, CancellationToken cancellation)
    {
        var body = await call.ReadXmlAsync(cancellation);
        CheckMd5(call, body);
        return body;
    }

    /// <summary>As <see cref="ReadAsync"/>, where checksum headers mean something else than the body.</summary>
    public static async Task<XElement> ReadPlainAsync(S3Call call, string root, CancellationToken cancellation)
    {
        var body = await S3Call.ReadXmlAsync(S3Body.OpenPlain(call), cancellation);
        CheckMd5(call, body);
        return XmlInput.Parse(body, root);
    }

    /// <summary>A document that is not XML: its UTF-8 text.</summary>
    public static async Task<string> ReadTextAsync(S3Call call, CancellationToken cancellation) =>
        System.Text.Encoding.UTF8.GetString((await ReadBytesAsync(call, cancellation)).Span);

    /// <summary>Refuses a document that neither an MD5 nor a checksum protects, where AWS asks for one.</summary>
    public static void RequireDigest(S3Call call)
    {
        var isDigested = call.Header(Md5) is not null
            || call.Request.Headers.Keys.Any(name =>
                name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)
                || name.Equals("x-amz-trailer", StringComparison.OrdinalIgnoreCase));
        if (!isDigested)
        {
            throw new AwsException(
                "InvalidRequest", 400, "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
    }

    /// <summary>The children, each of which must have one of these names; others are refused by name.</summary>
    public static IReadOnlyList<XElement> Children(XElement parent, params string[] names)
    {
        foreach (var child in parent.Elements())
        {
            if (!names.Contains(child.Name.LocalName))
            {
                throw new AwsException(
                    "NotImplemented", 501, $"tarn does not support element {child.Name} of {parent.Name}");
            }
        }

        return [.. parent.Elements()];
    }

    /// <summary>The text of the one child of this name; MalformedXML when there is none or more than one.</summary>
    public static string Text(XElement parent, string name)
    {
        var found = parent.Elements(name).ToList();
        return found.Count == 1 && !found[0].HasElements
            ? found[0].Value
            : throw Malformed($"{parent.Name} needs one {name}");
    }

    /// <summary>A child that is <c>true</c> or <c>false</c>; false when it is left out.</summary>
    public static bool Flag(XElement parent, string name) => parent.Element(name)?.Value.Trim() switch
    {
        null or "false" or "FALSE" => false,
        "true" or "TRUE" => true,
        var other => throw Malformed($"{name} is '{other}', neither true nor false"),
    };

    public static AwsException Malformed(string why) => new(
        "MalformedXML",
        400,
        $"The XML you provided was not well-formed or did not validate against our published schema: {why}");

    private static void CheckMd5(S3Call call, ReadOnlyMemory<byte> body)
    {
        if (call.Header(Md5) is not { } stated)
        {
            return;
        }

        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        if (!Convert.TryFromBase64String(stated, digest, out var length) || length != digest.Length)
        {
            throw new AwsException("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
        }

#pragma warning disable CA5351 // Content-MD5 is HTTP's own check against damage in transit
        if (!digest.SequenceEqual(MD5.HashData(body.Span)))
#pragma warning restore CA5351
        {
            throw new AwsException("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
        }
    }
}
