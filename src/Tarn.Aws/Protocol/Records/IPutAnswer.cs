using Tarn.Streams.Records;

namespace Tarn.Aws.Protocol.Records;

/// <summary>How a service writes what became of the records of a put, in JSON.</summary>
internal interface IPutAnswer
{
    /// <summary>From the opening brace to the number of failures.</summary>
    static abstract ReadOnlySpan<byte> Head { get; }

    /// <summary>From after that number to the opening bracket of the rows.</summary>
    static abstract ReadOnlySpan<byte> Rows { get; }

    static abstract string CodeOf(AppendError error);

    /// <summary>The row of a record that is stored.</summary>
    static abstract void WriteRow(PooledBuffer answer, in AppendOutcome outcome);
}
