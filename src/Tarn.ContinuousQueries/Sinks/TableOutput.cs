using Tarn.Query.Writing.Files;
using Tarn.Storage.Objects;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>A staged file and the object it becomes.</summary>
/// <param name="Folder">Of the object: <c>s3://bucket/prefix/</c>.</param>
internal sealed record TableOutput(StagedRows File, ObjectKey Object, string Folder);
