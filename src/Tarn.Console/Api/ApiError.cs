namespace Tarn.Console.Api;

/// <summary>A failure as <c>/api</c> tells it.</summary>
internal sealed record ApiError(string Kind, string? Code, string Message, string? Detail, string? Hint);
