namespace Tarn.Delivery.Processing;

/// <summary>A record that a step, the conversion or the endpoint did not take, and why.</summary>
/// <param name="Record">
/// As it stood before what failed; one that was decompressed on its way, as it came from its source.
/// </param>
/// <param name="ErrorType">One of <see cref="ErrorTypes"/>; names the folder that it goes to.</param>
/// <param name="Code">Firehose's error code, such as <c>Lambda.FunctionError</c>.</param>
/// <param name="LambdaArn">The function that failed it, or null.</param>
/// <param name="Attempts">How often it was tried, at least 1.</param>
internal readonly record struct FailedRecord(
    FlowRecord Record, string ErrorType, string Code, string Message, string? LambdaArn, int Attempts);
