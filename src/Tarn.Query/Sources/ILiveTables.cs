using Tarn.Catalog.Tables;

namespace Tarn.Query.Sources;

/// <summary>
/// The live tables that queries can read, in the form in which the catalog describes its own, for doors that list
/// tables. Thread-safe.
/// </summary>
public interface ILiveTables
{
    /// <summary>The property that tells a live table from one of files.</summary>
    public const string Property = "tarn.live";

    /// <summary>The databases that their names begin with, which need not be in the catalog.</summary>
    IReadOnlySet<string> Databases { get; }

    /// <summary>Those of a database, by name. One that refuses to be read has no columns.</summary>
    Task<IReadOnlyList<Table>> ListAsync(string database, CancellationToken cancellation);

    Task<Table?> FindAsync(TableName name, CancellationToken cancellation);
}
