namespace Tarn.DuckDb.FileReads;

/// <summary>A file whose reads are counted.</summary>
/// <param name="OnRead">Told the bytes of each read, on the thread that reads.</param>
internal sealed record CountedFile(long Length, Action<long> OnRead);
