using AriDialer.Web.Tests.Hosting;

namespace AriDialer.Web.Tests.Contacts;

/// <summary>The form of a contact, as a person fills it.</summary>
internal static class ContactForms
{
    public static async Task<HttpResponseMessage> AddContactAsync(
        this Browser browser, string name, string[] numbers, bool shared = false, string company = "", string note = "")
    {
        (string, string)[] fields =
        [
            ("Input.Name", name), ("Input.Company", company), ("Input.Note", note), ("Input.IsShared", shared ? "true" : "false"),
            .. numbers.Select((number, index) => ($"Input.Numbers[{index}]", number)),
        ];
        return await browser.PostAsync("/contacts/add", fields);
    }
}
