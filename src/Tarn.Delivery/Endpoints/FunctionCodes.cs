namespace Tarn.Delivery.Endpoints;

/// <summary>
/// Firehose's error codes around functions
/// (https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html).
/// </summary>
public static class FunctionCodes
{
    /// <summary>The function failed, or answered in a form or size that is not taken.</summary>
    public const string FunctionError = "Lambda.FunctionError";

    /// <summary>It did not answer in time.</summary>
    public const string FunctionTimedOut = "Lambda.FunctionTimedOut";

    /// <summary>The answer is not JSON of the form asked for.</summary>
    public const string JsonProcessing = "Lambda.JsonProcessingException";

    public const string MissingRecordId = "Lambda.MissingRecordId";
    public const string DuplicatedRecordId = "Lambda.DuplicatedRecordId";
    public const string ProcessingFailedStatus = "Lambda.ProcessingFailedStatus";
    public const string InvokeAccessDenied = "Lambda.InvokeAccessDenied";
    public const string InvokeLimitExceeded = "Lambda.InvokeLimitExceeded";
    public const string ResourceNotFound = "Lambda.ResourceNotFound";
    public const string InternalServerError = "Lambda.InternalServerError";

    /// <summary>Nothing answers at the function's address, or the connection broke.</summary>
    public const string ConnectionFailed = "Lambda.ConnectionFailed";
}
