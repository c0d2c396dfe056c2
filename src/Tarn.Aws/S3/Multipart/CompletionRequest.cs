using System.Globalization;
using System.Xml.Linq;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>The parts that a CompleteMultipartUpload names, and what it states of the object they make.</summary>
/// <param name="Checksum">Base64 of the object's checksum, or null.</param>
internal sealed record CompletionRequest(IReadOnlyList<CompletedPart> Parts, string? Checksum)
{
    private const string ChecksumPrefix = "x-amz-checksum-";
    private const string TypeHeader = "x-amz-checksum-type";

    /// <param name="upload">
    /// Null: it is under way no more; the engine knows whether this repeats its completion.
    /// </param>
    public static CompletionRequest Read(S3Call call, XElement document, MultipartUpload? upload)
    {
        var parts = S3Document.Children(document, "Part").Select(part => Part(part, upload)).ToList();
        return parts.Count is >= 1 and <= UploadRef.PartNumberMax
            ? new CompletionRequest(parts, ObjectChecksum(call, upload))
            : throw S3Document.Malformed($"{parts.Count} parts; 1 to {UploadRef.PartNumberMax} are taken");
    }

    private static CompletedPart Part(XElement part, MultipartUpload? upload)
    {
        string? checksum = null;
        foreach (var child in part.Elements())
        {
            var name = child.Name.LocalName;
            if (name.StartsWith("Checksum", StringComparison.Ordinal))
            {
                CheckAlgorithm(name["Checksum".Length..], upload);
                checksum = child.Value;
            }
            else if (name is not ("PartNumber" or "ETag"))
            {
                _ = S3Document.Children(part, "PartNumber", "ETag");
            }
        }

        var text = S3Document.Text(part, "PartNumber");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > UploadRef.PartNumberMax)
        {
            throw S3Errors.InvalidArgument($"PartNumber must be 1 to {UploadRef.PartNumberMax}, not '{text}'");
        }

        if (checksum is null && upload?.Checksum is { IsComposite: true } composite)
        {
            throw Invalid(
                $"The upload was created using a {ChecksumNames.Ending(composite.Algorithm)} checksum. "
                + "The complete request must include the checksum for each part. "
                + $"It was missing for part {number} in the request.");
        }

        return new CompletedPart(number, S3Document.Text(part, "ETag").Trim().Trim('"'), checksum);
    }

    private static string? ObjectChecksum(S3Call call, MultipartUpload? upload)
    {
        var mode = upload?.Checksum is { } kept ? ChecksumNames.Type(kept.IsComposite) : "null";
        if (call.Header(TypeHeader) is { } type && upload is not null && type != mode)
        {
            throw Invalid(
                $"The upload was created using the {mode} checksum mode. "
                + $"The complete request must use the same checksum mode, not {type}.");
        }

        string? checksum = null;
        foreach (var (name, value) in call.Request.Headers)
        {
            if (name.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase)
                && !name.Equals(TypeHeader, StringComparison.OrdinalIgnoreCase))
            {
                CheckAlgorithm(name[ChecksumPrefix.Length..], upload);
                checksum = value.ToString();
            }
        }

        return checksum;
    }

    private static void CheckAlgorithm(string name, MultipartUpload? upload)
    {
        var expected = upload?.Checksum is { } kept ? ChecksumNames.Ending(kept.Algorithm) : "null";
        if (upload is not null && !expected.Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(
                $"Checksum Type mismatch occurred, expected checksum Type: {expected}, "
                + $"actual checksum Type: {name.ToLowerInvariant()}");
        }
    }

    private static AwsException Invalid(string message) => new("InvalidRequest", 400, message);
}
