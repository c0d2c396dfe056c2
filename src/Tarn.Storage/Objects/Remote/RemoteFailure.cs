using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Remote;

/// <summary>What a failure of the S3 service means to Tarn's caller.</summary>
internal static class RemoteFailure
{
    private static readonly string[] OperatorsFaults =
    [
        "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken",
        "RequestTimeTooSkewed", "AuthorizationHeaderMalformed", "PermanentRedirect", "AllAccessDisabled",
    ];

    /// <summary>No object of that name; HEAD has no body to say so in.</summary>
    public static bool IsMissing(AmazonS3Exception failure) =>
        failure.StatusCode == HttpStatusCode.NotFound && failure.ErrorCode is not ("NoSuchBucket" or "NoSuchUpload");

    /// <summary>True for what the SDK or the connection throws.</summary>
    public static bool IsRemote(Exception failure) => failure is AmazonClientException or AmazonServiceException
        or HttpRequestException or IOException or TimeoutException or OperationCanceledException;

    /// <summary>Caller's faults keep S3's code; all others are the storage's and may pass.</summary>
    public static TarnException Of(Exception failure, string doing, string storage)
    {
        if (failure is AmazonS3Exception { StatusCode: HttpStatusCode.PreconditionFailed }
            or AmazonS3Exception { ErrorCode: "ConditionalRequestConflict" })
        {
            return new TarnException(ErrorKind.Conflict, $"{doing}: the condition does not hold", null, null, failure)
            {
                Code = "PreconditionFailed",
            };
        }

        if (failure is not AmazonS3Exception { ErrorCode: { Length: > 0 } code } answer)
            return Unavailable("check that the storage is up and that its endpoint is right");
        if (code == "NoSuchBucket")
            return Unavailable("the bucket of the setting 'storage' has to exist");
        if (OperatorsFaults.Contains(code))
            return Unavailable("check storage_access_key_id and its rights in the storage");
        if (answer.StatusCode == HttpStatusCode.NotImplemented)
            return Told(ErrorKind.Unsupported);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return Told(ErrorKind.NotFound);
        return (int)answer.StatusCode is >= 400 and < 500 && code is not ("RequestTimeout" or "SlowDown")
            ? Told(ErrorKind.Invalid)
            : Unavailable("the storage is in trouble; try again later");

        TarnException Told(ErrorKind kind) =>
            new(kind, $"{doing} was refused by the storage", $"{storage}: {code}: {answer.Message}", null, failure)
            {
                Code = code,
            };

        TarnException Unavailable(string hint) =>
            new(ErrorKind.Unavailable, $"{doing} failed", $"{storage}: {failure.Message}", hint, failure);
    }
}
