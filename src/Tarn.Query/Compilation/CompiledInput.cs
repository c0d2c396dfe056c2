using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Storage.Objects;

namespace Tarn.Query.Compilation;

/// <summary>A table that a query reads.</summary>
public sealed record CompiledInput(TableName Table, IReadOnlyList<ObjectInfo> Objects);
