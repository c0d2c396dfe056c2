using System.Collections.Frozen;
using Tarn.Primitives.Errors;

namespace Tarn.Aws.Protocol;

/// <summary>
/// The one table from what an engine says (<see cref="ErrorKind"/>, and its own code where it has one) to AWS's code
/// and HTTP status, per service.
/// </summary>
internal static class ErrorTable
{
    private static readonly FrozenDictionary<(string Service, ErrorKind Kind), (string Code, int Status)> Rows =
        new Dictionary<(string, ErrorKind), (string, int)>
        {
            [("kinesis", ErrorKind.Invalid)] = ("InvalidArgumentException", 400),
            [("kinesis", ErrorKind.NotFound)] = ("ResourceNotFoundException", 400),
            [("kinesis", ErrorKind.AlreadyExists)] = ("ResourceInUseException", 400),
            [("kinesis", ErrorKind.Conflict)] = ("ResourceInUseException", 400),
            [("kinesis", ErrorKind.LimitExceeded)] = ("LimitExceededException", 400),
            [("kinesis", ErrorKind.Denied)] = ("AccessDeniedException", 400),
            [("kinesis", ErrorKind.Unsupported)] = ("ValidationException", 400),
            [("kinesis", ErrorKind.Unavailable)] = ("ServiceUnavailable", 503),
            [("kinesis", ErrorKind.Damaged)] = ("InternalFailure", 500),

            [("firehose", ErrorKind.Invalid)] = ("InvalidArgumentException", 400),
            [("firehose", ErrorKind.NotFound)] = ("ResourceNotFoundException", 400),
            [("firehose", ErrorKind.AlreadyExists)] = ("ResourceInUseException", 400),
            [("firehose", ErrorKind.Conflict)] = ("ConcurrentModificationException", 400),
            [("firehose", ErrorKind.LimitExceeded)] = ("LimitExceededException", 400),
            [("firehose", ErrorKind.Denied)] = ("AccessDeniedException", 400),
            [("firehose", ErrorKind.Unsupported)] = ("InvalidArgumentException", 400),
            [("firehose", ErrorKind.Unavailable)] = ("ServiceUnavailableException", 503),
            [("firehose", ErrorKind.Damaged)] = ("InternalFailure", 500),

            [("athena", ErrorKind.Invalid)] = ("InvalidRequestException", 400),
            [("athena", ErrorKind.NotFound)] = ("InvalidRequestException", 400),
            [("athena", ErrorKind.AlreadyExists)] = ("InvalidRequestException", 400),
            [("athena", ErrorKind.Conflict)] = ("InvalidRequestException", 400),
            [("athena", ErrorKind.LimitExceeded)] = ("TooManyRequestsException", 400),
            [("athena", ErrorKind.Denied)] = ("AccessDeniedException", 400),
            [("athena", ErrorKind.Unsupported)] = ("InvalidRequestException", 400),
            [("athena", ErrorKind.Unavailable)] = ("InternalServerException", 500),
            [("athena", ErrorKind.Damaged)] = ("InternalServerException", 500),

            [("glue", ErrorKind.Invalid)] = ("InvalidInputException", 400),
            [("glue", ErrorKind.NotFound)] = ("EntityNotFoundException", 400),
            [("glue", ErrorKind.AlreadyExists)] = ("AlreadyExistsException", 400),
            [("glue", ErrorKind.Conflict)] = ("ConcurrentModificationException", 400),
            [("glue", ErrorKind.LimitExceeded)] = ("ResourceNumberLimitExceededException", 400),
            [("glue", ErrorKind.Denied)] = ("AccessDeniedException", 400),
            [("glue", ErrorKind.Unsupported)] = ("InvalidInputException", 400),
            [("glue", ErrorKind.Unavailable)] = ("InternalServiceException", 500),
            [("glue", ErrorKind.Damaged)] = ("InternalServiceException", 500),

            [("s3", ErrorKind.Invalid)] = ("InvalidArgument", 400),
            [("s3", ErrorKind.NotFound)] = ("NoSuchBucket", 404),
            [("s3", ErrorKind.AlreadyExists)] = ("BucketAlreadyOwnedByYou", 409),
            [("s3", ErrorKind.Conflict)] = ("OperationAborted", 409),
            [("s3", ErrorKind.LimitExceeded)] = ("EntityTooLarge", 400),
            [("s3", ErrorKind.Denied)] = ("AccessDenied", 403),
            [("s3", ErrorKind.Unsupported)] = ("NotImplemented", 501),
            [("s3", ErrorKind.Unavailable)] = ("ServiceUnavailable", 503),
            [("s3", ErrorKind.Damaged)] = ("InternalError", 500),
        }.ToFrozenDictionary();

    /// <summary>S3's codes whose status is not the one of their kind.</summary>
    private static readonly FrozenDictionary<string, int> RestStatuses = new Dictionary<string, int>
    {
        ["PreconditionFailed"] = 412,
        ["InvalidRange"] = 416,
    }.ToFrozenDictionary();

    public static AwsException Of(AwsService service, TarnException failure)
    {
        var (code, status) = Rows.TryGetValue((service.Name, failure.Kind), out var row)
            ? row
            : ("ValidationError", 400);
        var message = string.Join(
            ". ", new[] { failure.Message, failure.Detail, failure.Hint }.Where(text => text is not null));
        if (service == AwsService.S3 && failure.Code is not null)
        {
            status = RestStatuses.GetValueOrDefault(failure.Code, status);
        }

        var isAthena = service == AwsService.Athena;
        return new AwsException(isAthena || !IsCodeOf(service, failure.Code) ? code : failure.Code!, status, message)
        {
            DetailCode = isAthena ? failure.Code ?? (code == "InvalidRequestException" ? "INVALID_INPUT" : null) : null,
        };
    }

    private static bool IsCodeOf(AwsService service, string? code) =>
        code is not null
            && (service.Protocol != WireProtocol.Json || code.EndsWith("Exception", StringComparison.Ordinal));
}
