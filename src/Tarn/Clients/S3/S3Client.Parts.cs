using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Tarn.Primitives.Errors;

namespace Tarn.Clients.S3;

internal sealed partial class S3Client
{
    /// <summary>Begins an object that is sent in parts; nothing of it is visible until it is completed.</summary>
    /// <returns>The upload's id.</returns>
    public async Task<string> BeginPartsAsync(
        S3Location location, string contentType, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent([]) { Headers = { ContentType = new(contentType) } };
        var answer = await ReadXmlAsync(
            S3Request.Of(HttpMethod.Post, location) with
            {
                Query = new Dictionary<string, string> { ["uploads"] = "" },
                Headers = new Dictionary<string, string> { ["x-amz-checksum-algorithm"] = "SHA256" },
                Content = content,
            },
            cancellation);
        return Text(answer, "UploadId");
    }

    public async Task<SentPart> PutPartAsync(
        S3Location location, string upload, int number, Stream body, long length, Action<long> sent,
        CancellationToken cancellation)
    {
        using var content = new CheckedUpload(body, length, sent) { Headers = { ContentEncoding = { "aws-chunked" } } };
        var request = S3Request.Of(HttpMethod.Put, location) with
        {
            Query = Part(upload, number),
            Headers = content.RequestHeaders(),
            Content = content,
        };
        using var answer = await connection.SendAsync(request, cancellation);
        return new SentPart(number, answer.Headers.ETag?.Tag ?? "", content.Checksum!);
    }

    public async Task CompletePartsAsync(
        S3Location location, string upload, IEnumerable<SentPart> parts, CancellationToken cancellation)
    {
        var body = new XElement(
            Xml + "CompleteMultipartUpload",
            parts.Select(part => new XElement(
                Xml + "Part",
                new XElement(Xml + "PartNumber", part.Number),
                new XElement(Xml + "ETag", part.ETag),
                new XElement(Xml + "ChecksumSHA256", part.Checksum))));
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/xml") },
        };
        var answer = await ReadXmlAsync(
            S3Request.Of(HttpMethod.Post, location) with
            {
                Query = new Dictionary<string, string> { ["uploadId"] = upload },
                Content = content,
            },
            cancellation);
        if (answer.Name.LocalName == "Error")
        {
            // S3 may begin its answer with 200 before it knows.
            throw new TarnException(
                ErrorKind.Unavailable,
                $"{location} was not completed: {answer.Element("Code")?.Value}",
                answer.Element("Message")?.Value);
        }
    }

    public async Task AbortPartsAsync(S3Location location, string upload, CancellationToken cancellation) =>
        (await connection.SendAsync(
            S3Request.Of(HttpMethod.Delete, location) with
            {
                Query = new Dictionary<string, string> { ["uploadId"] = upload },
            },
            cancellation)).Dispose();

    private static Dictionary<string, string> Part(string upload, int number) => new()
    {
        ["partNumber"] = number.ToString(CultureInfo.InvariantCulture),
        ["uploadId"] = upload,
    };
}
