namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Rows of objects that were read lately. A row holds as long as nothing at all was committed to metadata.db since it
/// was read (<see cref="Sqlite.MetadataDatabase.Generation"/>), so it is never older than a read of the table would be;
/// the first read after a commit goes to the table again. Thread-safe; bounded.
/// </summary>
internal sealed class RowCache
{
    private const int Slots = 2048;

    /// <summary>Of attributes and parts; a row with more is not kept.</summary>
    private const int TextLengthMax = 4096;

    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>The row as it is at this generation, or null: it has to be read.</summary>
    public ObjectRow? Find(ObjectKey key, long generation) =>
        Volatile.Read(ref _entries[Slot(key)]) is { } entry && entry.Generation == generation && entry.Row.Key == key
            ? entry.Row
            : null;

    /// <summary>Keeps a row that was read between two looks at the same generation.</summary>
    public void Keep(ObjectRow row, long generation, long generationAfter)
    {
        var isSteady = generation == generationAfter && (generation & 1) == 0;
        if (isSteady && (row.Attributes?.Length ?? 0) + (row.Parts?.Length ?? 0) <= TextLengthMax)
        {
            Volatile.Write(ref _entries[Slot(row.Key)], new Entry(generation, row));
        }
    }

    private static int Slot(ObjectKey key) => (int)((uint)key.GetHashCode() % Slots);

    private sealed record Entry(long Generation, ObjectRow Row);
}
