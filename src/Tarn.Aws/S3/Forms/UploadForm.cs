using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3.Forms;

/// <summary>
/// A form with a file as browsers send it (multipart/form-data): the fields before the file, read whole and together
/// bounded, and the file, still unread. What follows the file is not looked at, as on S3.
/// </summary>
/// <param name="Fields">By name without case.</param>
/// <param name="FileName">Without folders; empty when the sender names none.</param>
internal sealed record UploadForm(IReadOnlyDictionary<string, string> Fields, string FileName, Stream File)
{
    private const int FieldBytesMax = 20 * 1024;
    private const int BoundaryLengthMax = 200;
    private const int ReadBytes = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static async Task<UploadForm> ReadAsync(string contentType, Stream body, CancellationToken cancellation)
    {
        try
        {
            var boundary = MediaTypeHeaderValue.TryParse(contentType, out var type)
                ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString()
                : "";
            return boundary.Length is > 0 and <= BoundaryLengthMax
                ? await ReadAsync(new MultipartReader(boundary, body, ReadBytes), cancellation)
                : throw Malformed();
        }
        catch (Exception failure) when (failure is InvalidDataException or DecoderFallbackException
            || (failure is IOException && !cancellation.IsCancellationRequested))
        {
            throw Malformed();
        }
    }

    private static async Task<UploadForm> ReadAsync(MultipartReader reader, CancellationToken cancellation)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var bytesLeft = FieldBytesMax;
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            var disposition = section.GetContentDispositionHeader();
            var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString();
            if (name.Length == 0)
            {
                throw Malformed();
            }

            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
            {
                return new UploadForm(fields, FileNameOf(disposition!), section.Body);
            }

            var value = await ReadFieldAsync(section.Body, bytesLeft - name.Length, cancellation);
            bytesLeft -= name.Length + value.Length;
            if (!fields.TryAdd(name, Utf8.GetString(value)))
            {
                throw S3Errors.InvalidArgument($"the form has more than one field '{name}'");
            }
        }

        throw new AwsException("InvalidArgument", 400, "POST requires exactly one file upload per request.")
        {
            Elements = [new("ArgumentName", "file"), new("ArgumentValue", "0")],
        };
    }

    private static async Task<byte[]> ReadFieldAsync(Stream body, int bytesMax, CancellationToken cancellation)
    {
        var value = new MemoryStream();
        var buffer = new byte[4096];
        while (await body.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            CheckSize(value.Length + count, bytesMax);
            value.Write(buffer, 0, count);
        }

        CheckSize(value.Length, bytesMax);
        return value.ToArray();
    }

    private static void CheckSize(long bytes, int bytesMax)
    {
        if (bytes > bytesMax)
        {
            throw new AwsException(
                "MaxPostPreDataLengthExceededError",
                400,
                "Your POST request fields preceding the upload file were too large.")
            {
                Elements = [new("MaxSizeAllowed", FieldBytesMax.ToString(CultureInfo.InvariantCulture))],
            };
        }
    }

    private static string FileNameOf(ContentDispositionHeaderValue disposition)
    {
        var sent = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        var name = HeaderUtilities.RemoveQuotes(sent).ToString();
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    private static AwsException Malformed() => new(
        "MalformedPOSTRequest", 400, "The body of your POST request is not well-formed multipart/form-data.");
}
