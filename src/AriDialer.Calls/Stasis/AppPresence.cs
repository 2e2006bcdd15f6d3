namespace AriDialer.Calls.Stasis;

/// <summary>
/// Whether Asterisk has our application at this moment. While it does not, it makes channels all the same, says that it did, and hangs them
/// up as soon as they come into Stasis, of which nobody is told ("Stasis app 'aridialer' not active").
/// </summary>
internal sealed class AppPresence
{
    private volatile bool _isThere;

    /// <summary>True from the moment when the event socket is open, before what was missed is made up for.</summary>
    internal bool IsThere
    {
        get => _isThere;
        set => _isThere = value;
    }
}
