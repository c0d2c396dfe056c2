using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Tarn.Primitives.Errors;

namespace Tarn.Clients.S3;

/// <summary>The calls of S3 that the command line makes, over the public, signed API.</summary>
internal sealed partial class S3Client(S3Connection connection) : IDisposable
{
    /// <summary>The most that one DeleteObjects takes.</summary>
    public const int DeletedKeysMax = 1000;

    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";

    public async Task CreateBucketAsync(string bucket, CancellationToken cancellation) =>
        (await connection.SendAsync(new S3Request(HttpMethod.Put, bucket, ""), cancellation)).Dispose();

    public async Task DeleteBucketAsync(string bucket, CancellationToken cancellation) =>
        (await connection.SendAsync(new S3Request(HttpMethod.Delete, bucket, ""), cancellation)).Dispose();

    public async Task<bool> HasBucketAsync(string bucket, CancellationToken cancellation)
    {
        try
        {
            (await connection.SendAsync(new S3Request(HttpMethod.Head, bucket, ""), cancellation)).Dispose();
            return true;
        }
        catch (TarnException error) when (error.Kind == ErrorKind.NotFound)
        {
            return false;
        }
    }

    /// <exception cref="TarnException">NotFound when there is no such object.</exception>
    public async Task<S3Object> HeadAsync(S3Location location, CancellationToken cancellation)
    {
        using var answer = await connection.SendAsync(S3Request.Of(HttpMethod.Head, location), cancellation);
        return Describe(location.Key, answer);
    }

    /// <summary>An object and its bytes as they come; dispose the answer.</summary>
    public async Task<(S3Object Object, HttpResponseMessage Answer)> OpenAsync(
        S3Location location, CancellationToken cancellation)
    {
        var answer = await connection.SendAsync(S3Request.Of(HttpMethod.Get, location), cancellation);
        return (Describe(location.Key, answer), answer);
    }

    /// <summary>Sends a body of known length in one request.</summary>
    public async Task PutAsync(
        S3Location location, Stream body, long length, string contentType, Action<long> sent,
        CancellationToken cancellation)
    {
        using var content = new CheckedUpload(body, length, sent)
        {
            Headers = { ContentType = new(contentType), ContentEncoding = { "aws-chunked" } },
        };
        var request = S3Request.Of(HttpMethod.Put, location) with
        {
            Content = content,
            Headers = content.RequestHeaders(),
        };
        (await connection.SendAsync(request, cancellation)).Dispose();
    }

    public async Task DeleteAsync(S3Location location, CancellationToken cancellation) =>
        (await connection.SendAsync(S3Request.Of(HttpMethod.Delete, location), cancellation)).Dispose();

    /// <summary>Deletes up to <see cref="DeletedKeysMax"/> objects and tells which were left in place.</summary>
    public async Task<IReadOnlyList<DeleteFailure>> DeleteAsync(
        string bucket, IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(new XElement(
            Xml + "Delete",
            new XElement(Xml + "Quiet", "true"),
            keys.Select(key => new XElement(Xml + "Object", new XElement(Xml + "Key", key))))
            .ToString(SaveOptions.DisableFormatting));
        var request = new S3Request(HttpMethod.Post, bucket, "")
        {
            Query = new Dictionary<string, string> { ["delete"] = "" },
            Headers = new Dictionary<string, string>
            {
                [CheckedUpload.ChecksumHeader] = Convert.ToBase64String(SHA256.HashData(body)),
            },
            Content = new ByteArrayContent(body),
        };
        var answer = await ReadXmlAsync(request, cancellation);
        return [.. answer.Elements(Xml + "Error").Select(error => new DeleteFailure(
            Text(error, "Key"), $"{Text(error, "Code")}: {Text(error, "Message")}"))];
    }

    public void Dispose() => connection.Dispose();

    private async Task<XElement> ReadXmlAsync(S3Request request, CancellationToken cancellation)
    {
        using var answer = await connection.SendAsync(request, cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        return (await XDocument.LoadAsync(body, LoadOptions.PreserveWhitespace, cancellation)).Root!;
    }

    private static S3Object Describe(string key, HttpResponseMessage answer) => new(
        key,
        answer.Content.Headers.ContentLength
            ?? throw new TarnException(ErrorKind.Unavailable, $"the answer for '{key}' does not tell its length"),
        answer.Content.Headers.LastModified ?? default,
        answer.Headers.ETag?.Tag.Trim('"') ?? "");

    private static string Text(XElement element, string name) => element.Element(Xml + name)?.Value ?? "";

    private static DateTimeOffset Time(XElement element, string name) =>
        DateTimeOffset.Parse(Text(element, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
