using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>A stored query under a name.</summary>
/// <param name="Name">With its catalog and database, for messages.</param>
/// <param name="Query">Its tables are resolved by the same resolver, by their own nodes.</param>
/// <param name="Columns">As they were when it was stored; a null type is one that SQL cannot use.</param>
public sealed record TableView(
    string Name, Query Query, IReadOnlyList<(string Name, SqlType? Type, string Declared)> Columns);
