using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>Why an entry was not stored.</summary>
/// <param name="Code">A finer name than the kind where front doors have one, or null.</param>
public sealed record AppendError(ErrorKind Kind, string Message, string? Code);
