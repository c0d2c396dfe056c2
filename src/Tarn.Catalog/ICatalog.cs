using Tarn.Catalog.Databases;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Storage.Metadata;

namespace Tarn.Catalog;

/// <summary>
/// Databases, tables and partitions: metadata only, never objects. Names are lower-cased on the way in, as Glue and
/// Hive do. Thread-safe; a change is durable when it returns. Failures: NotFound, AlreadyExists, Conflict
/// (version), Invalid.
/// </summary>
public interface ICatalog
{
    Task<Database> CreateDatabaseAsync(Database database, CancellationToken cancellation);

    Task<Database?> FindDatabaseAsync(string name, CancellationToken cancellation);

    Task<IReadOnlyList<Database>> ListDatabasesAsync(CancellationToken cancellation);

    /// <summary>Replaces description, location and parameters; the name and the date stay.</summary>
    Task<Database> UpdateDatabaseAsync(Database database, CancellationToken cancellation);

    /// <summary>Removes the database with its tables and partitions. Objects stay.</summary>
    Task DeleteDatabaseAsync(string name, CancellationToken cancellation);

    Task<Table> CreateTableAsync(Table table, CancellationToken cancellation);

    /// <summary>
    /// The metadata changes that make a table with its partitions, so that a caller can commit them together with its
    /// own. Fails with AlreadyExists or NotFound as of now; committed too late, they fail with Conflict.
    /// </summary>
    Task<IReadOnlyList<MetadataChange>> PlanTableAsync(
        Table table, IReadOnlyList<Partition> partitions, CancellationToken cancellation);

    /// <summary>
    /// Replaces the definition; <see cref="Table.Version"/> must be the current one (0: whatever is there).
    /// </summary>
    Task<Table> UpdateTableAsync(Table table, CancellationToken cancellation);

    Task<Table?> FindTableAsync(TableName name, CancellationToken cancellation);

    /// <summary>Tables of a database, ordered by name.</summary>
    Task<IReadOnlyList<Table>> ListTablesAsync(string database, CancellationToken cancellation);

    /// <summary>Removes the table with its partitions. Objects stay.</summary>
    Task DeleteTableAsync(TableName name, CancellationToken cancellation);

    /// <summary>Partitions in order of their values.</summary>
    Task<IReadOnlyList<Partition>> ListPartitionsAsync(TableName table, CancellationToken cancellation);

    /// <summary>
    /// The partitions of which <paramref name="isWanted"/> accepts every value, in order of their values. Only those
    /// are read whole, so that a few of many are found in little time.
    /// </summary>
    /// <param name="leading">
    /// For the first keys, one after the other, the only values that are wanted; empty: any. They narrow the search.
    /// </param>
    /// <param name="isWanted">Called with a key's place and one of its values, at least once a different one.</param>
    Task<IReadOnlyList<Partition>> FindPartitionsAsync(
        TableName table,
        IReadOnlyList<IReadOnlyList<string>> leading,
        Func<int, string, bool> isWanted,
        CancellationToken cancellation);

    /// <summary>Adds partitions; those that exist with the same values are left as they are.</summary>
    Task AddPartitionsAsync(TableName table, IReadOnlyList<Partition> partitions, CancellationToken cancellation);

    /// <summary>
    /// The metadata changes that <see cref="AddPartitionsAsync"/> would make, so that a caller can commit them
    /// together with its own checkpoint through <see cref="IMetadataStore.ApplyAsync"/>. Empty when all partitions
    /// exist.
    /// </summary>
    Task<IReadOnlyList<MetadataChange>> PlanPartitionsAsync(
        TableName table, IReadOnlyList<Partition> partitions, CancellationToken cancellation);

    /// <summary>
    /// The metadata changes that make the table's content another one: its location and all its partitions. Committed
    /// by <see cref="IMetadataStore.ApplyAsync"/> they switch readers from the old objects to the new ones at once.
    /// </summary>
    Task<IReadOnlyList<MetadataChange>> PlanReplacementAsync(
        TableName table, string location, IReadOnlyList<Partition> partitions, CancellationToken cancellation);

    /// <summary>Removes one partition; false when there was none.</summary>
    Task<bool> DeletePartitionAsync(TableName table, IReadOnlyList<string> values, CancellationToken cancellation);

    /// <summary>
    /// Puts another partition in the place of the one with these values, in one change: its values (a rename), its
    /// location or both. Fails with NotFound, or AlreadyExists when there is one with the new values.
    /// </summary>
    Task ReplacePartitionAsync(
        TableName table, IReadOnlyList<string> values, Partition partition, CancellationToken cancellation);

    /// <summary>Removes all of these partitions in one change; those that are not there are left out.</summary>
    Task DeletePartitionsAsync(
        TableName table, IReadOnlyList<IReadOnlyList<string>> partitions, CancellationToken cancellation);
}
