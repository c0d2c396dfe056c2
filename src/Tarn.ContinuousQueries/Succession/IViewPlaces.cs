using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Runtime;

namespace Tarn.ContinuousQueries.Succession;

/// <summary>The views that are read, as <see cref="ViewSuccessors"/> changes them.</summary>
internal interface IViewPlaces
{
    /// <summary>Runs a change of the view that has the name, while no statement runs. Throws NotFound.</summary>
    Task ChangeAsync(string name, Func<ViewRunner, Task> change, CancellationToken cancellation);

    ViewRunner Launch(ViewSpec view);

    /// <summary>Readers of the name get this view from now on.</summary>
    void Put(ViewRunner view);

    /// <summary>Stops a view and starts it from its snapshot.</summary>
    Task RestartAsync(ViewRunner view, ViewSpec spec);

    /// <summary>Stops a view that nobody finds any longer, and removes its files.</summary>
    Task RetireAsync(ViewRunner view);
}
