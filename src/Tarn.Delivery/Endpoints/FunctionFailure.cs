namespace Tarn.Delivery.Endpoints;

/// <summary>The call failed as a whole.</summary>
/// <param name="Code">Firehose's error code, such as <c>Lambda.FunctionError</c>.</param>
/// <param name="MayPass">True when the same call may work later.</param>
public sealed record FunctionFailure(string Code, string Message, bool MayPass) : FunctionAnswer;
