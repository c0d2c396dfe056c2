using Tarn.Streams.Records;

namespace Tarn.Streams.Faults;

/// <summary>How entries are appended that meet no fault.</summary>
internal delegate ValueTask AppendEntries(
    ReadOnlyMemory<StreamEntry> entries, Memory<AppendOutcome> outcomes, CancellationToken cancellation);
