using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Streams.Records;

/// <summary>Why an entry was not stored.</summary>
public sealed record AppendError(ErrorKind Kind, string Message);
