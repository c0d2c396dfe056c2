namespace Tarn.Streams.Segments;

internal enum BatchStepKind
{
    /// <summary>Nothing more up to the given end.</summary>
    End,

    /// <summary>A batch; its body is verified if it was asked for.</summary>
    Batch,

    /// <summary>Bytes that are no batch, up to the next good one or the end.</summary>
    Damage,
}
