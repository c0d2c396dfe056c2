namespace Tarn.Console.Api;

/// <summary><c>{"error":{...}}</c>.</summary>
internal sealed record ApiErrorBody(ApiError Error);
