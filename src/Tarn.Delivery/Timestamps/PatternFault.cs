using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Timestamps;

/// <summary>
/// Why a text is not a time pattern: where (0-based), what, and whether it is wrong or only not supported here.
/// </summary>
internal sealed record PatternFault(int Position, string Message, ErrorKind Kind, string? Hint);
