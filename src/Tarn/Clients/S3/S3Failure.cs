using System.Xml;
using System.Xml.Linq;
using Tarn.Primitives.Errors;

namespace Tarn.Clients.S3;

/// <summary>An error answer of S3 as a user's error, with what to do about it.</summary>
internal static class S3Failure
{
    public static async Task<TarnException> ReadAsync(
        S3Request request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var (code, message) = await ReadErrorAsync(response, cancellation);
        code ??= (status, request.Key.Length) switch
        {
            (404, 0) => "NoSuchBucket",
            (404, _) => "NoSuchKey",
            _ => $"HTTP {status}",
        };
        var location = new S3Location(request.Bucket, request.Key);
        return code switch
        {
            "NoSuchBucket" => new TarnException(
                ErrorKind.NotFound,
                $"there is no bucket '{request.Bucket}'",
                hint: $"'tarn s3 ls' lists buckets; 'tarn s3 mb s3://{request.Bucket}' makes it") { Code = code },
            "NoSuchKey" => new TarnException(
                ErrorKind.NotFound,
                $"there is no object {location}",
                hint: $"'tarn s3 ls s3://{request.Bucket}/ --recursive' lists what is there") { Code = code },
            "BucketNotEmpty" => new TarnException(
                ErrorKind.Conflict,
                $"bucket '{request.Bucket}' is not empty",
                hint: $"'tarn s3 rb --force s3://{request.Bucket}' deletes its objects too") { Code = code },
            _ => new TarnException(
                Kind(status), $"{request.Method} {location} was refused: {code}", message) { Code = code },
        };
    }

    private static ErrorKind Kind(int status) => status switch
    {
        401 or 403 => ErrorKind.Denied,
        404 => ErrorKind.NotFound,
        409 or 412 => ErrorKind.Conflict,
        501 => ErrorKind.Unsupported,
        >= 500 => ErrorKind.Unavailable,
        _ => ErrorKind.Invalid,
    };

    /// <summary>Nothing for an answer without XML, such as one to HEAD or one of a proxy.</summary>
    private static async Task<(string? Code, string? Message)> ReadErrorAsync(
        HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            var error = text.Length == 0 ? null : XDocument.Parse(text).Root;
            return (error?.Element("Code")?.Value, error?.Element("Message")?.Value);
        }
        catch (XmlException)
        {
            return (null, text);
        }
    }
}
