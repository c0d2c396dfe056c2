using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Succession;

/// <summary>What stands on views and is no reader of the moment, such as sinks and alerts.</summary>
internal interface IViewDependants
{
    /// <summary>Asked before a new version begins to count. Throws Conflict when something that stands on the view
    /// could not go on with it.</summary>
    void CheckReplacement(ViewSpec view, ViewSpec successor);
}
