using System.ComponentModel.DataAnnotations;

namespace AriDialer.Calls;

/// <summary>How calls behave where nobody says otherwise.</summary>
public sealed class CallsOptions
{
    /// <summary>How long the place of somebody whose phone was lost is kept in a call, with music for the others.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00", ErrorMessage = "Calls:KeepPlaceFor must be between two seconds and ten minutes.")]
    public TimeSpan KeepPlaceFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often calls are looked for that wait for what will never come. What is missing twice in a row is taken to be gone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1000000", "00:10:00", ErrorMessage = "Calls:LookForStuckCallsEvery must be between a tenth of a second and ten minutes.")]
    public TimeSpan LookForStuckCallsEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the question whom to ring may take, before the call is taken to have failed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Calls:DecideWithin must be between a second and five minutes.")]
    public TimeSpan DecideWithin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How many requests to Asterisk, and questions whom to ring, may be under way when another call from the telephone network is taken;
    /// with more it is refused (503), unless it is a rush that is over within half a second. For calls of our own phones it is twice as many.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Calls:MostUnderWay must be between 1 and 10000.")]
    public int MostUnderWay { get; set; } = 64;

    /// <summary>How many calls there may be at once; further ones are refused (503). 0 for as many as can be served.</summary>
    [Range(0, 100_000, ErrorMessage = "Calls:MostCalls must be between 0 and 100000.")]
    public int MostCalls { get; set; }

    /// <summary>For how long reconciling is tried over one connection, while its events wait, before the next is opened. Nobody's to choose.</summary>
    internal TimeSpan ReconcileWithin { get; set; } = TimeSpan.FromSeconds(10);
}
