namespace AriDialer.Web.Features.Contacts;

/// <summary>What the fields of a contact need to be shown.</summary>
/// <param name="Input">What stands in them.</param>
/// <param name="MayChange">False where the person may only read them.</param>
/// <param name="MayShare">True for the contact's owner: nobody else decides who sees it.</param>
internal sealed record ContactForm(ContactInput Input, bool MayChange, bool MayShare);
