using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.State;

/// <summary>A partial aggregate of all groups. Owned by one view's loop.</summary>
internal abstract class Partial
{
    /// <summary>The columns it holds.</summary>
    public abstract IReadOnlyList<ICells> Cells { get; }

    /// <summary>Values held one by one, of all groups.</summary>
    public virtual long ValueCount => 0;

    /// <summary>Bytes beside the fixed part of <see cref="Cells"/>.</summary>
    public virtual long ValueBytes => 0;

    /// <summary>Merges row i of the batch, whose columns begin at <paramref name="column"/>, into group
    /// <c>slots[i]</c>.</summary>
    public abstract void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots);

    /// <summary>Adds what group <paramref name="from"/> holds to group <paramref name="into"/>.</summary>
    public abstract void Join(int into, int from);

    /// <summary>Makes the group as if nothing had been merged into it.</summary>
    public void Clear(int slot)
    {
        foreach (var cells in Cells)
        {
            cells.Clear(slot);
        }
    }

    /// <param name="listValuesMax">Values that a list of one group may have.</param>
    public static Partial Create(PartialSpec spec, int listValuesMax) => spec.Kind switch
    {
        PartialKind.Count => new CountPartial(),
        PartialKind.SumInteger => new SumIntegerPartial(spec.BatchTypes.Count),
        PartialKind.SumDouble => new SumDoublePartial(),
        PartialKind.Value => CreateValue(spec),
        PartialKind.Min or PartialKind.Max => CreateExtreme(spec, isMax: spec.Kind == PartialKind.Max),
        PartialKind.ArgMin or PartialKind.ArgMax => CreateArgument(spec, isMax: spec.Kind == PartialKind.ArgMax),
        PartialKind.Moments => new MomentsPartial(),
        PartialKind.PairMoments => new PairMomentsPartial(),
        PartialKind.BitAnd or PartialKind.BitOr or PartialKind.BitXor => new BitPartial(spec.Value, spec.Kind),
        PartialKind.Product => new ProductPartial(),
        PartialKind.Set or PartialKind.Counts or PartialKind.Sketch or PartialKind.List => spec.Value switch
        {
            { IsText: true } => CreateOfValues<byte[], TextCell>(spec, listValuesMax),
            { IsDouble: true } => CreateOfValues<double, DoubleCell>(spec, listValuesMax),
            _ => CreateOfValues<long, LongCell>(spec, listValuesMax),
        },
        _ => CreatePick(spec, isLast: spec.Kind == PartialKind.Last),
    };

    private static Partial CreateOfValues<T, TCell>(PartialSpec spec, int listValuesMax)
        where TCell : struct, IValueCell<T> => spec.Kind switch
    {
        PartialKind.Sketch => new SketchPartial<T, TCell>(),
        PartialKind.List => new ListPartial<T, TCell>(spec, listValuesMax),
        _ => new ValuesPartial<T, TCell>(spec),
    };

    private static Partial CreateValue(PartialSpec spec) => spec.Value switch
    {
        { IsText: true } => new ValuePartial<byte[], TextCell>(spec.Value),
        { IsDouble: true } => new ValuePartial<double, DoubleCell>(spec.Value),
        _ => new ValuePartial<long, LongCell>(spec.Value),
    };

    private static Partial CreateExtreme(PartialSpec spec, bool isMax) => spec.Value switch
    {
        { IsText: true } => new ExtremePartial<byte[], TextCell>(spec.Value, isMax),
        { IsDouble: true } => new ExtremePartial<double, DoubleCell>(spec.Value, isMax),
        _ => new ExtremePartial<long, LongCell>(spec.Value, isMax),
    };

    private static Partial CreatePick(PartialSpec spec, bool isLast) => spec.Value switch
    {
        { IsText: true } => new PickPartial<byte[], TextCell>(spec.Value, isLast),
        { IsDouble: true } => new PickPartial<double, DoubleCell>(spec.Value, isLast),
        _ => new PickPartial<long, LongCell>(spec.Value, isLast),
    };

    private static Partial CreateArgument(PartialSpec spec, bool isMax) => spec.Order! switch
    {
        { IsText: true } => CreateArgument<byte[], TextCell>(spec, isMax),
        { IsDouble: true } => CreateArgument<double, DoubleCell>(spec, isMax),
        _ => CreateArgument<long, LongCell>(spec, isMax),
    };

    private static Partial CreateArgument<TOrder, TOrderCell>(PartialSpec spec, bool isMax)
        where TOrderCell : struct, ICell<TOrder> => spec.Value switch
    {
        { IsText: true } => new ArgumentPartial<TOrder, TOrderCell, byte[], TextCell>(spec, isMax),
        { IsDouble: true } => new ArgumentPartial<TOrder, TOrderCell, double, DoubleCell>(spec, isMax),
        _ => new ArgumentPartial<TOrder, TOrderCell, long, LongCell>(spec, isMax),
    };
}
