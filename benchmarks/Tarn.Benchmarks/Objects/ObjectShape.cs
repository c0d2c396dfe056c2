using Tarn.Benchmarks.Figures;

namespace Tarn.Benchmarks.Objects;

/// <summary>One kind of load: the same operation on objects of one size, over some connections.</summary>
internal sealed record ObjectShape(string Operation, long Bytes, int Connections)
{
    public const string Get = "GET";
    public const string Put = "PUT";
    public const long KiB = 1 << 10;
    public const long MiB = 1 << 20;
    public const long GiB = 1 << 30;

    /// <summary>A round that moves more than this is measured once, however many rounds are asked for.</summary>
    private const long RepeatedBytesMax = 4 * GiB;

    public static IReadOnlyList<ObjectShape> All { get; } =
    [
        .. from operation in (string[])[Get, Put]
        from bytes in (long[])[KiB, MiB, GiB]
        from connections in (int[])[1, 16]
        select new ObjectShape(operation, bytes, connections),
    ];

    public bool IsOnce => Bytes * Connections > RepeatedBytesMax;

    public string Size => Bytes switch
    {
        >= GiB => $"{Bytes / GiB} GiB",
        >= MiB => $"{Bytes / MiB} MiB",
        _ => $"{Bytes / KiB} KiB",
    };

    public override string ToString() => $"{Operation} {Size}, {FigureText.Rate(Connections)} connections";
}
