using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.Protocol.Xml;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>A verified S3 request. Its body is still unread; <see cref="S3Body"/> opens it.</summary>
internal sealed class S3Call(
    Exchange exchange,
    S3Identity identity,
    S3Access access,
    S3Address address,
    IReadOnlyDictionary<string, string> parameters)
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public Exchange Exchange { get; } = exchange;

    /// <summary>Verified; null for an anonymous caller.</summary>
    public OpenSignature? Signature { get; } = identity.Signature;

    /// <summary>What stands for the body in the signature: its hash, or how it is protected.</summary>
    public string Payload { get; } = identity.Payload;

    public bool IsPresigned { get; } = identity.IsPresigned;

    /// <summary>What the caller may do.</summary>
    public S3Access Access { get; } = access;

    public S3Address Address { get; } = address;

    public ObjectKey Object => new(Address.Bucket, Address.Key);

    public HttpRequest Request => Exchange.Request;

    public HttpResponse Response => Exchange.Response;

    /// <summary>A query parameter, or null.</summary>
    public string? Parameter(string name) => parameters.GetValueOrDefault(name);

    /// <summary>A request header, or null.</summary>
    public string? Header(string name) => Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public ValueTask SendAsync(XmlAnswer answer) => Exchange.SendAsync(200, "application/xml", answer.Finish());

    /// <summary>Answers without a body.</summary>
    public void Send(int status)
    {
        Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
        {
            Response.ContentLength = 0;
        }
    }

    /// <summary>An XML body of a small request, read whole and verified.</summary>
    public Task<ReadOnlyMemory<byte>> ReadXmlAsync(CancellationToken cancellation) =>
        ReadXmlAsync(S3Body.Open(this), cancellation);

    /// <summary>The same from a body that is open, and closed here.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadXmlAsync(S3Body opened, CancellationToken cancellation)
    {
        const int XmlBytesMax = 2 << 20;
        await using var body = opened;
        if (body.Length > XmlBytesMax)
        {
            throw new AwsException("MaxMessageLengthExceeded", 400, "Your request was too big.");
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.Stream.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > XmlBytesMax)
            {
                throw new AwsException("MaxMessageLengthExceeded", 400, "Your request was too big.");
            }
        }

        return bytes.ToArray();
    }
}
