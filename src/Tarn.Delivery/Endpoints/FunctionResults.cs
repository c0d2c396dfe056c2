namespace Tarn.Delivery.Endpoints;

/// <summary>The function answered, in the form that was asked for; ids have not been compared yet.</summary>
public sealed record FunctionResults(IReadOnlyList<FunctionResult> Results) : FunctionAnswer;
