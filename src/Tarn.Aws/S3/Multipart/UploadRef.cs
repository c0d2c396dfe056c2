using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>The upload that a request names by key and <c>uploadId</c>, and the part by <c>partNumber</c>.</summary>
internal static class UploadRef
{
    public const string Id = "uploadId";
    public const string PartNumber = "partNumber";
    public const int PartNumberMax = 10_000;

    /// <summary>The upload; fails with NoSuchUpload.</summary>
    public static async Task<MultipartUpload> FindAsync(
        S3Call call, IMultipartUploads uploads, CancellationToken cancellation) =>
        await uploads.FindAsync(call.Object, call.Parameter(Id)!, cancellation)
            ?? throw new AwsException(
                "NoSuchUpload",
                404,
                "The specified upload does not exist. The upload ID may be invalid, or the upload may have been "
                + "aborted or completed.");

    public static int Part(S3Call call) =>
        int.TryParse(call.Parameter(PartNumber), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= PartNumberMax
            ? number
            : throw S3Errors.InvalidArgument(
                $"Part number must be an integer between 1 and {PartNumberMax}, inclusive");
}
