namespace Tarn.Streams.Records;

/// <summary>
/// Says which writer of Tarn's own stored a record, and as its how manieth. It lies in the log beside the record, so
/// that a writer that was cut off sees what it has stored already, and stores only the rest. No client sees it.
/// </summary>
/// <param name="Producer">The writer, nobody else's id.</param>
/// <param name="Number">Told from the others of the same writer by this.</param>
public sealed record RecordMark(Guid Producer, long Number);
