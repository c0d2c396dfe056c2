using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Planning;

/// <summary>What a view's statement says of its rows.</summary>
internal sealed record ViewText(string Select, bool EmitsOnClose, ViewOptions Options)
{
    public static ViewText Of(ViewSpec view) => new(view.Select, view.EmitsOnClose, view.Options);
}
